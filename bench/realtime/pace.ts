// Work at a steady pace, whatever one piece of it takes.
import { setTimeout as sleep } from 'node:timers/promises'

/** Begins `work` every so many milliseconds for as long as told, without waiting for what was begun; then waits for all. */
export async function eachMilliseconds(
  every: number,
  milliseconds: number,
  work: (turn: number) => Promise<void>,
): Promise<void> {
  const running: Promise<void>[] = []
  const began = performance.now()
  for (let turn = 0; turn * every < milliseconds; turn++) {
    const due = began + turn * every - performance.now()
    if (due > 0) await sleep(due)
    running.push(work(turn))
  }
  await Promise.all(running)
}
