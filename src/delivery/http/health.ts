// Answers for the process: whether it is alive, and whether it should be sent work.
import type { Hono } from 'hono'
import type { DoorEnv } from './exchange.ts'
import { answerOtherMethods } from './operation-routes.ts'
import type { Health } from './readiness.ts'

export function mountHealth(app: Hono<DoorEnv>, health: Health): void {
  const json = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  app.get('/health/live', (context) => {
    const exchange = context.get('exchange')
    exchange.route = '/health/live'
    return exchange.respond(200, '{"status":"ok"}', json)
  })
  app.get('/health/ready', async (context) => {
    const exchange = context.get('exchange')
    exchange.route = '/health/ready'
    const { ready, checks } = await health.readiness()
    const body = JSON.stringify({ status: ready ? 'ok' : 'unavailable', checks })
    return exchange.respond(ready ? 200 : 503, body, ready ? json : { ...json, 'retry-after': '5' })
  })
  for (const path of ['/health/live', '/health/ready']) answerOtherMethods(app, path, ['GET'])
}
