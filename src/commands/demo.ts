// `jasaweb demo`: like `start`, on a database of its own that holds a year of business. The year is made once; payments go to
// the sandbox and mail stays in the mailbox, whatever else is configured.
import { readConfig } from '../config.ts'
import { pretended, prepareDemo, refuseForeign } from './demo/prepare.ts'
import type { Demo } from './demo/prepare.ts'
import { serve } from './start.ts'

export async function run(): Promise<void> {
  const config = pretended(readConfig())
  if (config.DATABASE_URL) await refuseForeign(config.DATABASE_URL)
  let demo: Demo | undefined
  await serve(config, 'production', {
    before: async (databaseUrl, stopped) => void (demo = await prepareDemo(config, databaseUrl, stopped)),
    ready: () => demo && announce(demo, config.PUBLIC_URL),
  })
}

function announce({ accounts }: Demo, publicUrl: string): void {
  const widest = Math.max(...accounts.map(({ email }) => email.length))
  console.log(`  Everybody here is invented. Sign in at ${publicUrl}/sign-in as`)
  for (const { email, password, who } of accounts) {
    console.log(`    ${email.padEnd(widest)}  ${password ?? '(OWNER_PASSWORD)'.padEnd(19)}  ${who}`)
  }
  console.log(`  and pay with the pretended phone at ${publicUrl}/sandbox/wallet\n`)
}
