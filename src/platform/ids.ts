// UUID version 7 (RFC 9562, section 5.7): sortable by creation time, so that primary keys stay local in their index.
import { randomBytes } from 'node:crypto'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'

/** `size` random bytes; `crypto.randomBytes` unless a test hands in its own. */
export type RandomBytes = (size: number) => Uint8Array

// Asking the system for a few bytes at a time costs more than the id itself.
let pool = Buffer.alloc(0)
const pooled: RandomBytes = (size) => {
  if (pool.length < size) pool = randomBytes(4096)
  const taken = pool.subarray(0, size)
  pool = pool.subarray(size)
  return taken
}

interface Last {
  milliseconds: number
  counter: number
}

// Order is kept per clock: two clocks that disagree must not drag each other along.
const lastOf = new WeakMap<Clock, Last>()
const COUNTER_LIMIT = 0xfff

/**
 * A new UUIDv7 as a lower-case string. Ids of one clock in one process strictly increase: inside a millisecond, and while
 * the clock stands or goes back, the 12 bits of `rand_a` count (method 1 of section 6.2) and borrow the next millisecond
 * when they run out. 62 bits stay random.
 */
export function newId(clock: Clock = systemClock, random: RandomBytes = pooled): string {
  const now = clock.now().getTime()
  const last = lastOf.get(clock)
  const bytes = random(10)
  const next =
    !last || now > last.milliseconds
      ? { milliseconds: now, counter: startOf(bytes) }
      : last.counter < COUNTER_LIMIT
        ? { milliseconds: last.milliseconds, counter: last.counter + 1 }
        : { milliseconds: last.milliseconds + 1, counter: startOf(bytes) }
  lastOf.set(clock, next)
  return format(next, bytes)
}

// The counter starts in the lower half of its range, which leaves at least 2,048 ids to the millisecond.
const startOf = (bytes: Uint8Array) => ((bytes[8] ?? 0) << 3) | ((bytes[9] ?? 0) & 0x07)

function format({ milliseconds, counter }: Last, bytes: Uint8Array): string {
  const time = milliseconds.toString(16).padStart(12, '0')
  const tail = Buffer.from(bytes.subarray(0, 8))
  tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80
  const rand = tail.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${rand.slice(0, 4)}-${rand.slice(4)}`
}

/** The moment a UUIDv7 was made, to the millisecond. */
export function timeOf(id: string): Date {
  return new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))
}
