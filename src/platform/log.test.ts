import { expect, it } from 'vitest'
import { createLog } from './log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  write(createLog({ level: 'debug', destination: { write: (line) => void (text += line) } }))
  return text
}

it('writes one JSON object a line with level and time', () => {
  const line = JSON.parse(logged((log) => log.info({ route: '/api/plans' }, 'request'))) as Record<string, unknown>
  expect(line).toMatchObject({ level: 'info', route: '/api/plans', msg: 'request' })
  expect(new Date(line['time'] as string).getTime()).toBeGreaterThan(0)
})

it('never writes what is named like a secret, at any depth', () => {
  const text = logged((log) =>
    log.info(
      {
        password: 'p1',
        headers: { authorization: 'Bearer p2', Cookie: 'p3' },
        a: { b: { serverKey: 'p4', accessToken: 'p5' } },
        csrf: 'p6',
      },
      'x',
    ),
  )
  expect(text).not.toMatch(/p[1-6]/)
  expect(text.match(/\[secret\]/g)).toHaveLength(6)
})

it('writes of an error only what helps, and not the row that PostgreSQL quotes', () => {
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    constraint: 'users_email',
    detail: 'Key (email)=(sri@klien.test) already exists.',
    config: { auth: 'p1' },
  })
  const text = logged((log) => log.error({ err: new Error('could not register', { cause }) }, 'failed'))
  expect(text).toContain('could not register')
  expect(text).toContain('users_email')
  expect(text).toContain('log.test.ts')
  expect(text).not.toContain('sri@klien.test')
  expect(text).not.toContain('p1')
})

it('survives what is thrown that is no error', () => {
  expect(logged((log) => log.error({ err: 'just text' }, 'failed'))).toContain('just text')
  expect(logged((log) => log.error({ err: { password: 'p1' } }, 'failed'))).not.toContain('p1')
})
