import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { together } from '../../domains/realtime/status.ts'
import { addFigures, exposition } from './exposition.ts'

const types = (text: string) => text.match(/^# TYPE jasaweb_realtime_.*$/gm)

it('tells a scraper the same of the same figures, alone or among those of the application', async () => {
  let refused = 2
  const read = () => {
    const figures = together([])
    return { ...figures, refusals: { 403: refused }, byProtocol: { plain: 3 } }
  }
  const registry = new Registry()
  await addFigures(registry, read)
  const among = await registry.metrics()
  const alone = exposition(read())
  expect(types(among)).toEqual(types(alone))
  expect(types(alone)).toContain('# TYPE jasaweb_realtime_messages_out_total counter')
  expect(types(alone)).toContain('# TYPE jasaweb_realtime_queue_bytes gauge')
  for (const text of [among, alone]) {
    expect(text).toContain('jasaweb_realtime_connections{protocol="plain"} 3')
    expect(text).toContain('jasaweb_realtime_refusals_total{code="403"} 2')
  }
  refused = 5
  expect(await registry.metrics()).toContain('jasaweb_realtime_refusals_total{code="403"} 5')
})

it('counts from nought what has not happened yet, so that the first time can be noticed', () => {
  const text = exposition(together([]))
  expect(text).toContain('jasaweb_realtime_refusals_total{code="429"} 0')
  for (const code of [3000, 3008]) expect(text).toContain(`jasaweb_realtime_closes_total{code="${code}"} 0`)
})
