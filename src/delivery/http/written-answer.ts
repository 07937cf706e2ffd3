// An answer as bytes. Callers who read the same at the same time share one answer object, so it is written out, tagged and
// compressed once for all of them; it is forgotten with the object.
import { acceptedEncoding, compressed, WORTH_IT } from './compression.ts'
import type { Encoding } from './compression.ts'
import { entityTag } from './entity-tag.ts'

export interface WrittenAnswer {
  readonly text: string
  readonly tag: string
  /** In the best encoding that `accept` takes; null when it is not worth it. */
  packed(accept: string | null): Promise<{ encoding: Encoding; bytes: Uint8Array<ArrayBuffer> } | null>
}

const written = new WeakMap<object, WrittenAnswer>()

export function writtenAnswer(body: unknown): WrittenAnswer {
  if (typeof body !== 'object' || body === null) return writeOut(body)
  const known = written.get(body)
  if (known) return known
  const fresh = writeOut(body)
  written.set(body, fresh)
  return fresh
}

function writeOut(body: unknown): WrittenAnswer {
  const text = JSON.stringify(body)
  const packs: Partial<Record<Encoding, Promise<Uint8Array<ArrayBuffer>>>> = {}
  let tag: string | undefined
  return {
    text,
    get tag() {
      return (tag ??= entityTag(text))
    },
    async packed(accept) {
      const encoding = text.length < WORTH_IT ? null : acceptedEncoding(accept)
      return encoding && { encoding, bytes: await (packs[encoding] ??= compressed(text, encoding)) }
    },
  }
}
