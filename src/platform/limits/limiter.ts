// How much a caller may ask for in a while: the generic cell rate algorithm (GCRA, ITU-T I.371), which needs one number a
// caller and has no window borders to exploit. In memory behind an interface that a shared store can also implement.
import type { Clock } from '../clock.ts'

export interface LimitPolicy {
  /** Units a caller may use at once, and again in each window. */
  quota: number
  windowSeconds: number
}

export interface LimitState {
  allowed: boolean
  /** Units that could be used at once now. */
  remaining: number
  /** When allowed: seconds until the full quota is there again. When refused: until these units would be allowed. Whole, rounded up. */
  resetSeconds: number
}

export interface Limiter {
  readonly policy: LimitPolicy
  /** Takes `cost` units from the bucket, or nothing when there are not enough. */
  take(bucket: string, cost: number): LimitState | Promise<LimitState>
}

const SWEEP_EVERY = 10_000

export interface MemoryLimiter extends Limiter {
  take(bucket: string, cost: number): LimitState
  /** Buckets that are not full. */
  readonly size: number
}

export function createMemoryLimiter(policy: LimitPolicy, clock: Clock): MemoryLimiter {
  const windowMs = policy.windowSeconds * 1000
  const unitMs = windowMs / policy.quota
  // The theoretical arrival time of GCRA: when the bucket will be full again, in milliseconds of the clock.
  const fullAt = new Map<string, number>()
  let untilSweep = SWEEP_EVERY

  function sweep(now: number): void {
    for (const [bucket, at] of fullAt) if (at <= now) fullAt.delete(bucket)
    untilSweep = Math.max(SWEEP_EVERY, fullAt.size)
  }

  return {
    policy,
    get size() {
      return fullAt.size
    },
    take(bucket, cost) {
      const now = clock.now().getTime()
      if (--untilSweep <= 0) sweep(now)
      // A clock that was set back must not lock anybody out for longer than a window.
      const full = Math.min(Math.max(fullAt.get(bucket) ?? 0, now), now + windowMs)
      const next = full + cost * unitMs
      const allowed = cost === 0 || next - now <= windowMs
      if (allowed && cost > 0) fullAt.set(bucket, next)
      const used = (allowed ? next : full) - now
      return {
        allowed,
        remaining: Math.max(0, Math.floor((windowMs - used) / unitMs + 1e-9)),
        resetSeconds: Math.ceil((allowed ? used : next - now - windowMs) / 1000),
      }
    },
  }
}
