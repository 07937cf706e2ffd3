// `/api/openapi.json`: made once from the registry.
import type { Hono } from 'hono'
import { describeApi } from '../../platform/contract/openapi.ts'
import type { Registry } from '../../platform/contract/registry.ts'
import { matchesEntityTag } from './entity-tag.ts'
import type { DoorEnv } from './exchange.ts'
import { answerOtherMethods } from './operation-routes.ts'
import { createSessionCookie } from './session-cookie.ts'
import { writtenAnswer } from './written-answer.ts'
import type { WrittenAnswer } from './written-answer.ts'

const PATH = '/api/openapi.json'

export function mountOpenApi(app: Hono<DoorEnv>, registry: Registry, publicUrl: string): void {
  let made: WrittenAnswer | null = null
  const make = () =>
    writtenAnswer(describeApi(registry, { publicUrl, sessionCookie: createSessionCookie(publicUrl).name }))
  app.get(PATH, async (context) => {
    const exchange = context.get('exchange')
    exchange.route = PATH
    const document = (made ??= make())
    const { headers } = exchange.request
    const fields = { 'cache-control': 'no-cache', vary: 'Accept-Encoding', etag: document.tag }
    if (matchesEntityTag(headers.get('if-none-match'), document.tag)) return exchange.respond(304, null, fields)
    const packed = await document.packed(headers.get('accept-encoding'))
    const content = { ...fields, 'content-type': 'application/json' }
    if (!packed) return exchange.respond(200, document.text, content)
    return exchange.respond(200, packed.bytes, { ...content, 'content-encoding': packed.encoding })
  })
  answerOtherMethods(app, PATH, ['GET'])
}
