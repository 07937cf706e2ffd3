// Whether this process should be sent work: what its parts say of themselves, each in its own time.

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

const leaving: Readiness = { ready: false, checks: { draining: 'failed' } }

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
      if (draining) return leaving
      const answer = await (asking ??= ask().finally(() => (asking = null)))
      return draining ? leaving : answer
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
