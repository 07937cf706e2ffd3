// Counts places on this node alone.
export class OwnCounter {
  readonly #taken = new Map<string, number>()

  of(key: string): number {
    return this.#taken.get(key) ?? 0
  }

  take(key: string, most: number): boolean {
    const taken = this.of(key)
    if (taken >= most) return false
    this.#taken.set(key, taken + 1)
    return true
  }

  free(key: string): void {
    const taken = this.of(key)
    if (taken > 1) this.#taken.set(key, taken - 1)
    else this.#taken.delete(key)
  }

  get entries(): Iterable<[string, number]> {
    return this.#taken
  }
}
