import { m } from '../../i18n/generated/messages.js'

export default function Dashboard() {
  return (
    <>
      <title>{m.portal_home()}</title>
      <h1 className="text-title">{m.portal_home()}</h1>
    </>
  )
}
