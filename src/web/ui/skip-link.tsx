import { m } from '../i18n/generated/messages.js'

/** The first thing a keyboard reaches: jumps over the navigation to `#content`. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-base bg-nila px-4 py-2.5 text-small font-semibold text-on-nila focus:translate-y-0"
    >
      {m.common_skip()}
    </a>
  )
}
