// The only reader of the environment. Each option is declared once, with its default and its documentation; `jasaweb config`
// and `.env.example` are printed from the same list.
import { isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'

const text = (max = 2000) => z.string().trim().min(1).max(max)
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)
const url = (...protocols: string[]) =>
  z
    .string()
    .trim()
    .refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
      error: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    })

/** Parts separated by commas; none unless given. */
const list = () =>
  z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
const isOrigin = (value: string) => URL.canParse(value) && new URL(value).origin === value

interface Option<S extends z.ZodType> {
  schema: S
  /** What it is for. */
  does: string
  /** As a sentence, where there is no fixed default. */
  otherwise?: string
  secret?: boolean
}
const option = <S extends z.ZodType>(
  schema: S,
  does: string,
  more: { otherwise?: string; secret?: boolean } = {},
): Option<S> => ({ schema, does, ...more })

export const options = {
  PORT: option(whole(1, 65_535).default(3000), 'The port to serve on.'),
  HOST: option(text(255).default('127.0.0.1'), 'The address to listen on; 0.0.0.0 for all.'),
  PUBLIC_URL: option(url('http:', 'https:').optional(), 'The address people use, as seen from outside.', {
    otherwise: 'http://localhost:PORT',
  }),
  DATA_DIR: option(text().default('./data'), 'The folder for the embedded database, keys and files.'),
  DATABASE_URL: option(
    url('postgres:', 'postgresql:').optional(),
    'A PostgreSQL server (17 or newer) to use instead of the embedded one.',
    { otherwise: 'the embedded PostgreSQL in DATA_DIR', secret: true },
  ),
  DATABASE_POOL: option(whole(2, 200).default(20), 'Database connections at most, per process.'),
  MASTER_KEY: option(
    z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, { error: 'must be 32 bytes in base64' })
      .optional(),
    'Seals the secrets kept in the database.',
    { otherwise: 'a key kept in DATA_DIR/master.key', secret: true },
  ),
  OWNER_EMAIL: option(
    z.string().trim().toLowerCase().pipe(z.email()).optional(),
    'The e-mail address of the owner account made on an empty database.',
    { otherwise: 'an address that is printed' },
  ),
  OWNER_PASSWORD: option(z.string().min(8).max(128).optional(), 'The password of that account.', {
    otherwise: 'a one-time password that is printed',
    secret: true,
  }),
  SMTP_URL: option(
    url('smtp:', 'smtps:').optional(),
    'The mail server, such as smtps://user:password@mail.example.com.',
    { otherwise: 'mail is kept in the mailbox of the console', secret: true },
  ),
  MAIL_FROM: option(text(320).default('JasaWeb <no-reply@localhost>'), 'The sender of mail.'),
  PAYMENT_PROVIDER: option(
    z.enum(['sandbox', 'midtrans']).default('sandbox'),
    'Who takes the payments; the sandbox plays Midtrans, with a wallet under /sandbox/wallet.',
  ),
  MIDTRANS_SERVER_KEY: option(text(200).optional(), 'The server key of your Midtrans account.', {
    otherwise: 'required with PAYMENT_PROVIDER=midtrans; made up for the sandbox',
    secret: true,
  }),
  MIDTRANS_ENVIRONMENT: option(
    z.enum(['sandbox', 'production']).default('sandbox'),
    'Which of Midtrans’ two systems the key belongs to.',
  ),
  TRUSTED_PROXIES: option(
    list(),
    'Addresses or CIDR ranges of reverse proxies whose X-Forwarded-For is believed, separated by commas.',
  ),
  RATE_LIMIT_PER_MINUTE: option(
    whole(1, 10_000_000).default(60_000),
    'Cost units a caller may spend a minute on the API.',
  ),
  REALTIME_BROKER: option(
    z.enum(['postgres', 'redis', 'centrifugo']).default('postgres'),
    'What joins the processes that hold live connections: the database alone, Redis as well, or a Centrifugo that serves them itself.',
  ),
  REDIS_URL: option(
    url('redis:', 'rediss:').optional(),
    'The Redis (6 or newer) of REALTIME_BROKER=redis, such as redis://user:password@redis.example.com:6379/0. Installations may share one.',
    { otherwise: 'required with REALTIME_BROKER=redis', secret: true },
  ),
  CENTRIFUGO_API_URL: option(
    url('http:', 'https:').optional(),
    'The address of Centrifugo’s HTTP API, such as http://centrifugo:8000/api.',
    { otherwise: 'required with REALTIME_BROKER=centrifugo' },
  ),
  CENTRIFUGO_API_KEY: option(
    text(500).optional(),
    'The key of that API (http_api.key in Centrifugo’s configuration).',
    {
      otherwise: 'required with REALTIME_BROKER=centrifugo',
      secret: true,
    },
  ),
  CENTRIFUGO_URL: option(
    url('ws:', 'wss:').optional(),
    'The address of Centrifugo for clients, such as wss://live.example.com/connection/websocket.',
    { otherwise: 'required with REALTIME_BROKER=centrifugo' },
  ),
  REALTIME_ORIGINS: option(
    list().refine((origins) => origins.every(isOrigin), {
      error: 'must be origins such as https://app.example.com, separated by commas',
    }),
    'Further sites whose pages may open live connections, separated by commas; PUBLIC_URL always may.',
  ),
  REALTIME_CONNECTIONS_PER_USER: option(whole(1, 100_000).default(10), 'Live connections a user may have open.'),
  REALTIME_CONNECTIONS_PER_ADDRESS: option(
    whole(1, 100_000).default(10),
    'Live connections of one network address that have not signed in yet.',
  ),
  REALTIME_MESSAGES_PER_MINUTE: option(
    whole(1, 1_000_000).default(100),
    'Messages a minute that may be sent over a live connection.',
  ),
  LOG_LEVEL: option(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
    'How much is logged, as JSON lines.',
    { otherwise: 'info, and warn in a terminal' },
  ),
  DRAIN_SECONDS: option(whole(0, 600).default(10), 'How long running requests may take to finish at a stop.'),
} satisfies Record<string, Option<z.ZodType>>

type Options = typeof options
export type Config = { [K in keyof Options]: z.output<Options[K]['schema']> } & { PUBLIC_URL: string }

/** What is wrong with the environment, a line an option. */
export class ConfigError extends Error {}

/** Reads and checks all options; throws a `ConfigError` that says for each wrong one what to do. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const wrong: string[] = []
  const values: Record<string, unknown> = {}
  for (const [name, { schema, does, secret }] of Object.entries(options) as [string, Option<z.ZodType>][]) {
    const given = environment[name] === '' ? undefined : environment[name]
    const result = schema.safeParse(given)
    if (result.success) values[name] = result.data
    else
      wrong.push(
        `${name}${secret || given === undefined ? '' : `="${given}"`} is not usable: ${result.error.issues.map((issue) => issue.message).join('; ')}. ${does}`,
      )
  }
  if (wrong.length === 0) wrong.push(...contradictions(values as Config))
  if (wrong.length > 0)
    throw new ConfigError(
      `The configuration is wrong.\n${wrong.map((line) => `  - ${line}`).join('\n')}\nSet the environment variables right and start again; "jasaweb config" lists all of them.`,
    )
  const config = values as Config
  return {
    ...config,
    DATA_DIR: resolve(config.DATA_DIR),
    PUBLIC_URL: (config.PUBLIC_URL ?? `http://localhost:${config.PORT}`).replace(/\/+$/, ''),
  }
}

function contradictions(config: Config): string[] {
  const wrong: string[] = []
  const key = config.MIDTRANS_SERVER_KEY
  if (config.PAYMENT_PROVIDER === 'midtrans') {
    if (!key)
      wrong.push(
        'MIDTRANS_SERVER_KEY is missing: copy it from Midtrans → Settings → Access Keys, or set PAYMENT_PROVIDER=sandbox to try JasaWeb without a provider.',
      )
    else if (config.MIDTRANS_ENVIRONMENT === 'production' && key.startsWith('SB-'))
      wrong.push(
        'MIDTRANS_SERVER_KEY is a sandbox key (SB-…) but MIDTRANS_ENVIRONMENT is production: use the production key, or MIDTRANS_ENVIRONMENT=sandbox.',
      )
    else if (config.MIDTRANS_ENVIRONMENT === 'sandbox' && !key.startsWith('SB-'))
      wrong.push(
        'MIDTRANS_SERVER_KEY is not a sandbox key (SB-…) but MIDTRANS_ENVIRONMENT is sandbox: use the sandbox key, or MIDTRANS_ENVIRONMENT=production.',
      )
    if (!config.PUBLIC_URL?.startsWith('https://') && config.MIDTRANS_ENVIRONMENT === 'production')
      wrong.push('PUBLIC_URL must be the public https address of this server: Midtrans sends its notifications there.')
  }
  wrong.push(...realtimeContradictions(config))
  if (config.OWNER_PASSWORD && !config.OWNER_EMAIL)
    wrong.push('OWNER_EMAIL is missing although OWNER_PASSWORD is set: set both, or neither.')
  return wrong
}

function realtimeContradictions({ REALTIME_BROKER: broker, ...config }: Config): string[] {
  const needed = {
    postgres: [],
    redis: ['REDIS_URL'],
    centrifugo: ['CENTRIFUGO_API_URL', 'CENTRIFUGO_API_KEY', 'CENTRIFUGO_URL'],
  } as const
  const wrong = needed[broker]
    .filter((name) => !config[name])
    .map((name) => `${name} is missing although REALTIME_BROKER is ${broker}: set it, or REALTIME_BROKER=postgres.`)
  if (
    broker === 'centrifugo' &&
    config.PUBLIC_URL?.startsWith('https://') &&
    config.CENTRIFUGO_URL?.startsWith('ws://')
  )
    wrong.push(
      'CENTRIFUGO_URL must begin with wss:// because PUBLIC_URL is https: browsers open nothing less from there.',
    )
  return wrong
}

/** Every option with its default, as the text of `.env.example`. */
export function describeConfig(): string {
  const blocks = (Object.entries(options) as [string, Option<z.ZodType>][]).map(
    ([name, { schema, does, otherwise }]) => {
      const value = schema instanceof z.ZodDefault ? String(schema.def.defaultValue) : ''
      return `# ${does}${otherwise ? `\n# Default: ${otherwise}.` : ''}\n#${name}=${value}`
    },
  )
  return `# JasaWeb is configured by environment variables only. All options, with their defaults:\n\n${blocks.join('\n\n')}\n`
}

/** The values in force, secrets hidden. */
export function showConfig(config: Config): string {
  return (Object.entries(options) as [keyof Config, Option<z.ZodType>][])
    .map(
      ([name, { secret }]) => `${name}=${secret && config[name] !== undefined ? '(set)' : String(config[name] ?? '')}`,
    )
    .join('\n')
}

/** The address at which this process reaches its own server, without a trailing slash. */
export function ownAddress({ HOST, PORT }: Pick<Config, 'HOST' | 'PORT'>): string {
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : isIPv6(HOST) ? `[${HOST}]` : HOST
  return `http://${host}:${PORT}`
}
