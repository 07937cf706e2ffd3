// `/metrics` for Prometheus. Only for scrapers that reach the process over a private network, never through a proxy from outside.
import { BlockList, isIP } from 'node:net'
import type { Hono } from 'hono'
import { NotFound } from '../../platform/contract/problem.ts'
import type { Metrics } from '../../platform/telemetry/metrics.ts'
import type { DoorEnv } from './exchange.ts'
import { answerOtherMethods } from './operation-routes.ts'

const near = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  near.addSubnet(network, bits, 'ipv4')
}
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')
near.addSubnet('fe80::', 10, 'ipv6')

export function mountMetrics(app: Hono<DoorEnv>, metrics: Metrics): void {
  app.get('/metrics', async (context) => {
    const exchange = context.get('exchange')
    exchange.route = '/metrics'
    const peer = context.env?.incoming?.socket.remoteAddress?.replace(/^::ffff:/, '')
    const outside = peer !== undefined && !near.check(peer, isIP(peer) === 6 ? 'ipv6' : 'ipv4')
    if (outside || exchange.request.headers.has('x-forwarded-for')) throw NotFound.because()
    const { contentType, body } = await metrics.render()
    return exchange.respond(200, body, { 'content-type': contentType, 'cache-control': 'no-store' })
  })
  answerOtherMethods(app, '/metrics', ['GET'])
}
