import { afterAll, beforeAll, expect, it } from 'vitest'
import { createNotesApp, createNotesDatabase } from '../../../test/support/door.ts'
import type { TestDatabase } from '../../../test/support/database.ts'

let test: TestDatabase
let app: ReturnType<typeof createNotesApp>['app']
beforeAll(async () => {
  test = await createNotesDatabase()
  app = createNotesApp(test.database, { pages: { handle: async () => new Response('a page') } }).app
})
afterAll(() => test.drop())
const send = (method: string, headers: Record<string, string>, body?: string) =>
  app.request('http://jasaweb.test/masuk', { method, headers, ...(body === undefined ? {} : { body }) })

it('a page is sent forms and nothing else, so that no body is a fault in the middle of an action', async () => {
  const form = await send('POST', { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' }, 'a=1')
  expect([form.status, await form.text()]).toEqual([200, 'a page'])
  for (const type of ['', 'text/plain', 'application/json', 'multipart/form-data; boundary=x']) {
    const refused = await send('POST', { 'content-type': type }, 'a=1')
    expect([type, refused.status]).toEqual([type, 400])
    expect(await refused.json()).toMatchObject({ code: 'malformed_request' })
  }
})

it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('a page refuses %s and tells what it takes', async (method) => {
  const answer = await send(method, {})
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
})
