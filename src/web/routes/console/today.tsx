import { m } from '../../i18n/generated/messages.js'

export default function Today() {
  return (
    <>
      <title>{m.console_today()}</title>
      <h1 className="text-title">{m.console_today()}</h1>
    </>
  )
}
