// What a start looks like in a terminal: a line a step, with the time it took.

/** `work` may tell which share (0 to 1) of a long step is done. */
export async function step<T>(what: string, work: (tell: (share: number) => void) => Promise<T>): Promise<T> {
  const began = performance.now()
  const waiting = process.stdout.isTTY
  if (waiting) process.stdout.write(`  … ${what}`)
  try {
    const result = await work((share) => {
      if (waiting) process.stdout.write(`\r  … ${what} ${Math.floor(share * 100)} %`)
    })
    const took = `${((performance.now() - began) / 1000).toFixed(1)} s`
    process.stdout.write(`${waiting ? '\r' : ''}  ✓ ${what} (${took})\n`)
    return result
  } catch (error) {
    process.stdout.write(`${waiting ? '\r' : ''}  ✗ ${what}\n`)
    throw error
  }
}
