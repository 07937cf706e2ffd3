import { expect, it } from 'vitest'
import fc from 'fast-check'
import { createSharing } from './sharing.ts'

/** Work that ends when it is told to, and says when it began. */
function work() {
  const begun: { end(value: number): void; fail(error: Error): void }[] = []
  return { begun, ask: () => new Promise<number>((end, fail) => void begun.push({ end, fail })) }
}
const turns = async () => {
  for (let n = 0; n < 5; n++) await Promise.resolve()
}

it('answers all who ask while work runs from one more piece of work, begun after they asked', async () => {
  const share = createSharing<number>()
  const { begun, ask } = work()
  const first = share('a', ask)
  const late = [share('a', ask), share('a', ask), share('a', ask)]
  expect(begun).toHaveLength(1)
  begun[0]?.end(1)
  expect(await first).toBe(1)
  await turns()
  expect(begun).toHaveLength(2)
  begun[1]?.end(2)
  expect(await Promise.all(late)).toEqual([2, 2, 2])
})
it('keeps questions under different keys apart', async () => {
  const share = createSharing<string>()
  expect(await Promise.all([share('a', async () => 'a'), share('b', async () => 'b')])).toEqual(['a', 'b'])
})
it('tells a failure to those it belongs to, and begins anew for the others', async () => {
  const share = createSharing<number>()
  const { begun, ask } = work()
  const first = share('a', ask)
  const second = share('a', ask)
  begun[0]?.fail(new Error('broken'))
  await expect(first).rejects.toThrow('broken')
  await turns()
  begun[1]?.end(2)
  expect(await second).toBe(2)
})
it('never gives anybody an answer that was begun before they asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('ask', 'end'), { minLength: 1, maxLength: 60 }), async (steps) => {
      const share = createSharing<number>()
      const { begun, ask } = work()
      let ended = 0
      const answers: Promise<void>[] = []
      for (const step of steps) {
        if (step === 'end' && ended < begun.length) begun[ended]?.end(ended++)
        // Work that has begun and is still running was begun before this question, unless the question begins it.
        if (step === 'ask') {
          const earliest = begun.length
          answers.push(share('a', ask).then((answer) => expect(answer).toBeGreaterThanOrEqual(earliest)))
        }
        await turns()
      }
      while (ended < begun.length) {
        begun[ended]?.end(ended++)
        await turns()
      }
      await Promise.all(answers)
    }),
  )
})
