// What only the HTML around the page needs and loader data must not hold: the nonce is of no use to the browser's code, and
// the theme must also be known when the root loader failed.
import { createContext } from 'react'
import type { Theme } from './context.ts'

export const DocumentContext = createContext<{ nonce: string | undefined; theme: Theme | undefined }>(
  typeof document === 'undefined'
    ? { nonce: undefined, theme: undefined }
    : // Browsers hide the nonce of what they have loaded: to a script the attribute is empty.
      { nonce: '', theme: document.documentElement.dataset['theme'] as Theme | undefined },
)
