// Percentiles of the last ten seconds, in memory that does not grow: counts in buckets a quarter wider each, so that a figure
// is right within an eighth. Values in milliseconds, from a hundredth to half an hour.

export interface Percentiles {
  p50: number
  p95: number
  p99: number
}

const GROWTH = Math.log(1.25)
const SMALLEST = 0.01
const BUCKETS = 84

export class Quantiles {
  #now = new Uint32Array(BUCKETS)
  #before = new Uint32Array(BUCKETS)

  add(milliseconds: number, times = 1): void {
    const bucket = milliseconds <= SMALLEST ? 0 : Math.ceil(Math.log(milliseconds / SMALLEST) / GROWTH)
    const at = Math.min(BUCKETS - 1, bucket)
    this.#now[at] = (this.#now[at] ?? 0) + times
  }

  /** Forgets what is older than the last turn. */
  turn(): void {
    const oldest = this.#before
    this.#before = this.#now
    this.#now = oldest.fill(0)
  }

  read(): Percentiles {
    let total = 0
    for (let at = 0; at < BUCKETS; at++) total += this.#count(at)
    const share = (wanted: number) => this.#at(wanted * total)
    return total === 0 ? { p50: 0, p95: 0, p99: 0 } : { p50: share(0.5), p95: share(0.95), p99: share(0.99) }
  }

  #count(at: number): number {
    return (this.#now[at] ?? 0) + (this.#before[at] ?? 0)
  }

  #at(rank: number): number {
    let seen = 0
    for (let at = 0; at < BUCKETS; at++) {
      seen += this.#count(at)
      // The middle of the bucket, by ratio.
      if (seen >= rank) return Math.round(SMALLEST * Math.exp(GROWTH * (at - 0.5)) * 100) / 100
    }
    return 0
  }
}
