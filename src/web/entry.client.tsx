// Only portal and console load this; public pages carry no JavaScript.
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { HydratedRouter } from 'react-router/dom'
import { overwriteGetLocale } from './i18n/generated/runtime.js'
import { chooseLocale } from './i18n/locale.ts'

overwriteGetLocale(() => chooseLocale(document.documentElement.lang, null))

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <HydratedRouter />
    </StrictMode>,
  )
})
