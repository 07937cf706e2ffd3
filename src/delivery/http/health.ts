// Whether the process is alive, and whether it should be sent work.
import type { Hono } from 'hono'
import type { DoorEnv } from './exchange.ts'
import { answerOtherMethods } from './operation-routes.ts'

/** Rejects, or throws, with the reason when the part is not ready. */
export type HealthCheck = () => Promise<void> | void

export interface Readiness {
  ready: boolean
  checks: Record<string, 'ok' | 'failed'>
}

export interface Health {
  readiness(): Promise<Readiness>
  /** From now on not ready: the process is about to stop. */
  drain(): void
}

export interface HealthOptions {
  checks: Record<string, HealthCheck>
  /** Told the reason whenever a check fails. */
  failed?: (check: string, error: unknown) => void
  /** Milliseconds a check may take. */
  patience?: number
}

export function createHealth({ checks, failed, patience = 2_000 }: HealthOptions): Health {
  let draining = false
  // Many may ask at once; the parts are asked once.
  let asking: Promise<Readiness> | null = null

  async function ask(): Promise<Readiness> {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        try {
          await within(patience, check)
          return [name, 'ok'] as const
        } catch (error) {
          failed?.(name, error)
          return [name, 'failed'] as const
        }
      }),
    )
    return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) }
  }

  return {
    async readiness() {
      const answer = await (asking ??= ask().finally(() => (asking = null)))
      return draining ? { ready: false, checks: { ...answer.checks, draining: 'failed' } } : answer
    },
    drain: () => void (draining = true),
  }
}

async function within(milliseconds: number, check: HealthCheck): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  })
  try {
    await Promise.race([check(), late])
  } finally {
    clearTimeout(timer)
  }
}

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
