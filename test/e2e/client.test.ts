// The client as the running application gives it to any site.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type TestWorld } from '../support/world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createWorld({ pages: 'production' })
}, 120_000)
afterAll(() => world?.dispose())

it.each(['js', 'mjs'])('is served as jasaweb.%s, for ever under the name that its content gives it', async (ending) => {
  const named = await world.request(`/client/jasaweb.${ending}`)
  const location = named.headers.get('location') ?? ''
  expect([named.status, location]).toEqual([302, expect.stringMatching(/^\/client\/jasaweb\.[0-9a-f]{8}\.m?js$/)])
  const file = await world.request(location)
  expect(await file.text()).toContain('createClient')
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
})
