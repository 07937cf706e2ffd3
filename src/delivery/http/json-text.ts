// Finds what is wrong with a JSON text (RFC 8259): where `JSON.parse` gave up, which its messages do not always say; names that
// occur twice in an object, of which it silently takes the last; and nesting that serves no purpose but to exhaust a stack.
// It looks at every body, so it goes by character codes and makes no garbage but the names.

export interface JsonFault {
  /** In UTF-16 code units from the start. */
  position: number
  reason: string
}

const DEEPEST = 64
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const WORDS = ['true', 'false', 'null']
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const COLON = 58
const BACKSLASH = 92
const [OBJECT, OBJECT_END, LIST, LIST_END] = [123, 125, 91, 93]

/** The first fault of the text, or null when it is one JSON value without repeated names, at most 64 levels deep. */
export function faultOfJson(text: string): JsonFault | null {
  const scanner = new Scanner(text)
  try {
    scanner.whole()
    return null
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const early = error.position >= text.length
    return { position: error.position, reason: early ? 'The text ends too early' : error.message }
  }
}

class Fault extends Error {
  readonly position: number
  constructor(message: string, position: number) {
    super(message)
    this.position = position
  }
}

class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): void {
    this.#value(0)
    if (!Number.isNaN(this.#next())) throw this.#fault('The text goes on after its end')
  }

  #fault(reason: string, position = this.#at): Fault {
    return new Fault(reason, position)
  }

  /** The code of the next character that is no white space; NaN at the end. */
  #next(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== SPACE && code !== 10 && code !== 13 && code !== 9) return code
      this.#at += 1
    }
  }

  #value(depth: number): void {
    const code = this.#next()
    if (code === QUOTE) return this.#string()
    if (code === OBJECT || code === LIST) {
      if (depth >= DEEPEST) throw this.#fault(`Nested deeper than ${DEEPEST} levels`)
      return code === OBJECT ? this.#object(depth + 1) : this.#list(depth + 1)
    }
    const word = WORDS.find((each) => this.#text.startsWith(each, this.#at))
    if (word) this.#at += word.length
    else if (!this.#take(NUMBER)) throw this.#fault('Expected a value')
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return false
    this.#at = pattern.lastIndex
    return true
  }

  #string(): void {
    const start = this.#at
    this.#at += 1
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === QUOTE) break
      if (code === BACKSLASH) {
        if (!this.#take(ESCAPE)) throw this.#fault('This escape does not exist')
      } else if (code >= SPACE) this.#at += 1
      else
        throw this.#fault(
          'This string is not closed or holds a control character',
          Number.isNaN(code) ? this.#at : start,
        )
    }
    this.#at += 1
  }

  #list(depth: number): void {
    this.#at += 1
    if (this.#next() === LIST_END) return void (this.#at += 1)
    do this.#value(depth)
    while (this.#goesOn(LIST_END))
  }

  #object(depth: number): void {
    this.#at += 1
    if (this.#next() === OBJECT_END) return void (this.#at += 1)
    const names = new Set<string>()
    do {
      if (this.#next() !== QUOTE) throw this.#fault('Expected the name of a field in double quotes')
      const start = this.#at
      this.#string()
      const quoted = this.#text.slice(start, this.#at)
      const name = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1)
      if (names.has(name)) throw this.#fault(`The name ${quoted.slice(0, 60)} occurs twice`, start)
      names.add(name)
      if (this.#next() !== COLON) throw this.#fault('Expected ":"')
      this.#at += 1
      this.#value(depth)
    } while (this.#goesOn(OBJECT_END))
  }

  /** Past a comma: true. Past the end of the container: false. */
  #goesOn(end: number): boolean {
    const code = this.#next()
    if (code !== COMMA && code !== end) throw this.#fault(`Expected "," or "${String.fromCharCode(end)}"`)
    this.#at += 1
    return code === COMMA
  }
}
