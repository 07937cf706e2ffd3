import { expect, it } from 'vitest'
import { ConfigError, describeConfig, options, ownAddress, readConfig, showConfig } from './config.ts'

const refusal = (environment: Record<string, string>) => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('it was accepted')
}

it('works without any setting', () => {
  expect(readConfig({})).toMatchObject({ PORT: 3000, PUBLIC_URL: 'http://localhost:3000', PAYMENT_PROVIDER: 'sandbox' })
})
it('treats an empty value as not set', () => {
  expect(readConfig({ PORT: '', SMTP_URL: '' })).toMatchObject({ PORT: 3000 })
})
it('says for every wrong value what is wrong with it', () => {
  const message = refusal({ PORT: 'drei', PUBLIC_URL: 'agency.example', DATABASE_POOL: '1' })
  for (const name of ['PORT="drei"', 'PUBLIC_URL="agency.example"', 'DATABASE_POOL="1"'])
    expect(message).toContain(name)
})
it('never repeats a secret', () => {
  expect(refusal({ SMTP_URL: 'http://user:rahasia@mail' })).not.toContain('rahasia')
  expect(
    showConfig(readConfig({ SMTP_URL: 'smtp://user:rahasia@mail', MASTER_KEY: 'A'.repeat(43) + '=' })),
  ).not.toMatch(/rahasia|AAAA/)
})
it('refuses settings that contradict each other', () => {
  expect(refusal({ PAYMENT_PROVIDER: 'midtrans' })).toContain('MIDTRANS_SERVER_KEY is missing')
  expect(
    refusal({
      PAYMENT_PROVIDER: 'midtrans',
      MIDTRANS_ENVIRONMENT: 'production',
      MIDTRANS_SERVER_KEY: 'SB-Mid-server-x',
    }),
  ).toContain('sandbox key')
  expect(refusal({ OWNER_PASSWORD: 'kopi-tubruk-pagi' })).toContain('OWNER_EMAIL is missing')
})
const centrifugo = {
  REALTIME_BROKER: 'centrifugo',
  CENTRIFUGO_API_URL: 'http://centrifugo:8000/api',
  CENTRIFUGO_API_KEY: 'kunci-rahasia',
  CENTRIFUGO_URL: 'wss://live.example.com/connection/websocket',
}
it.each([
  [{ REALTIME_BROKER: 'redis' }, 'REDIS_URL is missing'],
  [{ REALTIME_BROKER: 'redis', REDIS_URL: 'http://127.0.0.1:6379' }, 'REDIS_URL is not usable'],
  [{ ...centrifugo, CENTRIFUGO_API_KEY: '' }, 'CENTRIFUGO_API_KEY is missing'],
  [{ ...centrifugo, CENTRIFUGO_URL: 'https://live.example.com' }, 'begins with ws://'],
  [
    { ...centrifugo, PUBLIC_URL: 'https://agency.example', CENTRIFUGO_URL: 'ws://live.example.com' },
    'must begin with wss://',
  ],
  [{ REALTIME_ORIGINS: 'https://a.example/path' }, 'must be origins'],
])('refuses %o for live connections', (environment, message) => {
  expect(refusal(environment as unknown as Record<string, string>)).toContain(message)
})
it('starts where a Redis is offered that nobody asked for', () => {
  expect(readConfig({ REDIS_URL: 'redis://127.0.0.1:6379' })).toMatchObject({ REALTIME_BROKER: 'postgres' })
})
it('reads how live connections are served, and hides what is secret of it', () => {
  const redis = readConfig({
    REALTIME_BROKER: 'redis',
    REDIS_URL: 'rediss://:rahasia@redis.example:6380/2',
    REALTIME_ORIGINS: 'https://a.example, http://localhost:5173,',
  })
  expect(redis).toMatchObject({
    REALTIME_ORIGINS: ['https://a.example', 'http://localhost:5173'],
    REALTIME_CONNECTIONS_PER_USER: 10,
    REALTIME_CONNECTIONS_PER_ADDRESS: 10,
    REALTIME_MESSAGES_PER_MINUTE: 100,
  })
  expect(showConfig(redis)).not.toContain('rahasia')
  expect(showConfig(readConfig(centrifugo))).not.toContain('rahasia')
})
it.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000'],
  ['::', 'http://127.0.0.1:3000'],
  ['::1', 'http://[::1]:3000'],
  ['studio.internal', 'http://studio.internal:3000'],
])('knows how to reach a server that listens on %s', (HOST, address) => {
  expect(ownAddress(readConfig({ HOST }))).toBe(address)
  expect(URL.canParse(address)).toBe(true)
})
it('documents every option, and .env.example is that text', async () => {
  const text = describeConfig()
  for (const name of Object.keys(options)) expect(text).toContain(`#${name}=`)
  const { readFile } = await import('node:fs/promises')
  expect(await readFile(new URL('../.env.example', import.meta.url), 'utf8')).toBe(text)
})
