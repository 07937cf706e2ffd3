// Equal questions asked at the same time are answered once. Nothing is remembered: whoever asks gets an answer whose work
// began after they asked, so nobody sees anything older than they would have alone.

interface Turn<T> {
  running: Promise<T>
  /** For those who asked after the running work had begun. */
  next: Promise<T> | null
}

/** `share(key, work)`: under one key, one piece of work runs at a time, and one more waits for all who came meanwhile. */
export function createSharing<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, Turn<T>>()

  function begin(key: string, work: () => Promise<T>): Promise<T> {
    const turn: Turn<T> = { running: work(), next: null }
    turns.set(key, turn)
    const ended = () => {
      if (!turn.next) turns.delete(key)
    }
    turn.running.then(ended, ended)
    return turn.running
  }
  return (key, work) => {
    const turn = turns.get(key)
    if (!turn) return begin(key, work)
    const start = () => begin(key, work)
    return (turn.next ??= turn.running.then(start, start))
  }
}
