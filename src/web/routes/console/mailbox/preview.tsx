// The styled version of a mail, in a frame of its own without scripts, forms or network. The page's policy holds inside the
// frame too and refuses style attributes; the same styles set through the object model are allowed, so they are carried over.
import { useRef } from 'react'
import { m } from '../../../i18n/generated/messages.js'

/** Nothing may be loaded, whatever a mail holds. */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:">`

export const guarded = (html: string): string =>
  html.replaceAll(' style="', ' data-style="').replace(/<head[^>]*>/i, (head) => `${head}${policy}`)

export function Preview({ html }: { html: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const dress = () => {
    const inside = frame.current?.contentDocument
    if (!frame.current || !inside?.body) return
    for (const element of inside.querySelectorAll<HTMLElement>('[data-style]'))
      element.style.cssText = element.dataset['style'] ?? ''
    frame.current.style.height = `${inside.documentElement.scrollHeight}px`
  }
  return (
    <iframe
      ref={(node) => {
        frame.current = node
        // It may have been there before the page came alive.
        dress()
      }}
      // Its own origin is needed to dress it; without allow-scripts nothing in it can use that.
      sandbox="allow-same-origin"
      srcDoc={guarded(html)}
      title={m.console_mail_preview()}
      tabIndex={0}
      onLoad={dress}
      className="block h-96 w-full rounded-base border border-line bg-white"
    />
  )
}
