import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createEmptyDatabase, quiet } from '../../../../test/support/database.ts'
import { nodeOf } from '../../../../test/support/realtime/records.ts'
import { openDatabase } from '../../../platform/database.ts'
import { ManualClock } from '../../../platform/clock.ts'
import { migrate } from '../../../platform/migrate.ts'
import { deliveriesTo } from '../messages/store.ts'
import { addConnections, addDeliveries, openDays } from './store.ts'

const MIGRATIONS = fileURLToPath(new URL('../../../migrations/', import.meta.url))
const DAY = '2026-11-23'

it('days that began before receivers of many were kept apart go on, and what they hold is still found', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  const { url, drop } = await createEmptyDatabase()
  const bring = async (names: string[]) => {
    for (const name of names) await copyFile(join(MIGRATIONS, name), join(folder, name))
    await migrate({ url, folder, log: quiet })
  }
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql'))
  await bring(names.filter((name) => name < '0010'))
  const database = openDatabase({ url, poolSize: 2, log: quiet })
  try {
    const { node, opened, delivery } = nodeOf(new ManualClock(`${DAY}T10:00:00Z`))
    const people = Array.from({ length: 51 }, () => opened())
    const ids = people.map(({ id }) => id)
    await openDays(database.db, DAY, 1)
    await database.transaction((tx) =>
      addConnections(
        tx,
        node.id,
        people.map((each) => ({ id: each.id, opened: each })),
      ),
    )
    const old = `insert into websocket_messages (sent_at, position, channel, type, event, node, connection_ids, connections,
      delivered) values ($1, $2, 'system', 'system_notification', 'e', $3, $4, 51, true)`
    await database.pool.query(old, [`${DAY} 10:00Z`, 1, node.id, ids])

    await bring(names.filter((name) => name >= '0010'))
    // A gateway that still runs writes as before.
    await database.pool.query(old, [`${DAY} 11:00Z`, 2, node.id, ids])
    await database.transaction((tx) =>
      addDeliveries(tx, node.id, [delivery(ids, { position: 3, at: new Date(`${DAY}T12:00:00Z`) })]),
    )
    const { rows } = await database.pool.query(
      'select connection_ids is null as apart from websocket_messages order by 1',
    )
    expect(rows).toEqual([{ apart: false }, { apart: false }, { apart: true }])
    const found = await deliveriesTo(database.db, { connectionId: ids[7] }, {}, { limit: 10, before: null })
    expect(found.map(({ position }) => position)).toEqual([3, 2, 1])
  } finally {
    await database.close()
    await drop()
    await rm(folder, { recursive: true })
  }
})
