// Finds what is wrong with a JSON text (RFC 8259): where `JSON.parse` gave up, which its messages do not always say, and names
// that occur twice in an object, of which it silently takes the last.

export interface JsonFault {
  /** In UTF-16 code units from the start. */
  position: number
  reason: string
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// oxlint-disable-next-line no-control-regex -- control characters are what a string may not hold
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const SPACE = /[ \t\n\r]*/y
const WORDS = ['true', 'false', 'null']

type State = 'value' | 'first name' | 'name' | 'first item' | 'after'

/** The first fault of the text, or null when it is one JSON value without repeated names. */
export function faultOfJson(text: string): JsonFault | null {
  let at = 0
  let state: State = 'value'
  // For each open object its names, for each open array null.
  const open: (Set<string> | null)[] = []
  const fault = (reason: string, position = at): JsonFault => ({ position, reason })
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found === undefined) return null
    at += found.length
    return found
  }

  for (;;) {
    take(SPACE)
    const sign = text[at]
    if (state === 'after') {
      const names = open.at(-1)
      if (names === undefined) return sign === undefined ? null : fault('The text goes on after its end')
      if (sign === ',') [state, at] = [names ? 'name' : 'value', at + 1]
      else if (sign === (names ? '}' : ']')) [at] = [at + 1, open.pop()]
      else return fault(sign === undefined ? 'The text ends too early' : `Expected "," or "${names ? '}' : ']'}"`)
      continue
    }
    if (sign === undefined) return fault('The text ends too early')
    if ((state === 'first name' && sign === '}') || (state === 'first item' && sign === ']')) {
      open.pop()
      at += 1
      state = 'after'
      continue
    }
    if (state === 'name' || state === 'first name') {
      const start = at
      const name = take(STRING)
      if (name === null) return fault('Expected the name of a field in double quotes')
      const names = open.at(-1)
      const plain = JSON.parse(name) as string
      if (names?.has(plain)) return fault(`The name ${name.slice(0, 60)} occurs twice`, start)
      names?.add(plain)
      take(SPACE)
      if (text[at] !== ':') return fault(text[at] === undefined ? 'The text ends too early' : 'Expected ":"')
      at += 1
      state = 'value'
      continue
    }
    if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? new Set() : null)
      at += 1
      state = sign === '{' ? 'first name' : 'first item'
      continue
    }
    const word = WORDS.find((each) => text.startsWith(each, at))
    if (word) at += word.length
    else if (sign === '"' ? take(STRING) === null : take(NUMBER) === null) {
      return fault(sign === '"' ? 'This string is not closed or holds a wrong character' : 'Expected a value')
    }
    state = 'after'
  }
}
