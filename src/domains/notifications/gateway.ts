// The mail server behind one function.
import { createTransport } from 'nodemailer'
import type { MailRow } from './store.ts'

/** A refusal that no repetition will change, such as an address that does not exist. */
export class Undeliverable extends Error {}
export interface MailServer {
  /** Throws `Undeliverable` for good, anything else when trying again may help. */
  deliver(mail: MailRow): Promise<void>
  close(): void
}

export function openMailServer(options: { url: string; from: string }): MailServer {
  const transport = createTransport(options.url, { from: options.from })
  return {
    async deliver({ id, to_address, to_name, subject, text, html }) {
      try {
        await transport.sendMail({
          // The id makes a repeated delivery recognisable to whoever receives it.
          messageId: `<${id}@jasaweb>`,
          to: { address: to_address, name: to_name },
          subject,
          text,
          html,
        })
      } catch (error) {
        const code = (error as { responseCode?: number }).responseCode ?? 0
        if (code >= 500) throw new Undeliverable(error instanceof Error ? error.message : String(error))
        throw error
      }
    },
    close: () => transport.close(),
  }
}
