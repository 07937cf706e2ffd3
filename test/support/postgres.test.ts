import pg from 'pg'
import { expect, inject, test } from 'vitest'

test('every test process is given the URL of a running PostgreSQL, in its environment too', async () => {
  expect(process.env.TEST_POSTGRES_URL).toBe(inject('postgresUrl'))
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  const { rows } = await client.query('select current_setting($1)::int as connections', ['max_connections'])
  await client.end()
  expect(rows).toEqual([{ connections: 300 }])
})
