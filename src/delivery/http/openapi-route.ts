// `/api/openapi.json`: made once from the registry.
import type { Hono } from 'hono'
import { describeApi } from '../../platform/contract/openapi.ts'
import type { Registry } from '../../platform/contract/registry.ts'
import { compressed } from './compression.ts'
import { entityTag, matchesEntityTag } from './entity-tag.ts'
import type { DoorEnv } from './exchange.ts'
import { answerOtherMethods } from './operation-routes.ts'
import { createSessionCookie } from './session-cookie.ts'

const PATH = '/api/openapi.json'

export function mountOpenApi(app: Hono<DoorEnv>, registry: Registry, publicUrl: string): void {
  let made: { text: string; tag: string } | null = null
  const make = () => {
    const text = JSON.stringify(
      describeApi(registry, { publicUrl, sessionCookie: createSessionCookie(publicUrl).name }),
    )
    return { text, tag: entityTag(text) }
  }
  app.get(PATH, async (context) => {
    const exchange = context.get('exchange')
    exchange.route = PATH
    const { text, tag } = (made ??= make())
    const { headers } = exchange.request
    const fields = { 'cache-control': 'no-cache', vary: 'Accept-Encoding', etag: tag }
    if (matchesEntityTag(headers.get('if-none-match'), tag)) return exchange.respond(304, null, fields)
    const packed = await compressed(text, headers.get('accept-encoding'))
    const content = { ...fields, 'content-type': 'application/json' }
    if (!packed) return exchange.respond(200, text, content)
    return exchange.respond(200, packed.bytes, { ...content, 'content-encoding': packed.encoding })
  })
  answerOtherMethods(app, PATH, ['GET'])
}
