// `/metrics` for Prometheus. Only for scrapers that reach the process over a private network, never through a proxy from outside.
import type { Hono } from 'hono'
import { NotFound } from '../../platform/contract/problem.ts'
import type { Metrics } from '../../platform/telemetry/metrics.ts'
import type { DoorEnv } from './exchange.ts'
import { isNearAddress } from './near.ts'
import { answerOtherMethods } from './operation-routes.ts'

export function mountMetrics(app: Hono<DoorEnv>, metrics: Metrics): void {
  app.get('/metrics', async (context) => {
    const exchange = context.get('exchange')
    exchange.route = '/metrics'
    const outside = !isNearAddress(context.env?.incoming?.socket.remoteAddress)
    if (outside || exchange.request.headers.has('x-forwarded-for')) throw NotFound.because()
    const { contentType, body } = await metrics.render()
    return exchange.respond(200, body, { 'content-type': contentType, 'cache-control': 'no-store' })
  })
  answerOtherMethods(app, '/metrics', ['GET'])
}
