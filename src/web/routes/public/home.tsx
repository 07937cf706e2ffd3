import { m } from '../../i18n/generated/messages.js'
import type { RouteHandle } from '../../route-handle.ts'

export const handle: RouteHandle = { shared: true }

export default function Home() {
  return (
    <main id="content" className="page">
      <title>{m.common_brand()}</title>
      <h1 className="text-display">{m.common_brand()}</h1>
    </main>
  )
}
