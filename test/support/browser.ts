// Chromium for the browser tests, from inside an npm package: its libraries and fonts are unpacked beside it, so nothing has
// to be installed on the machine and no network is needed.
import { execFile } from 'node:child_process'
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright-core'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/**
 * A headless Chromium that works offline, as root or not, on any glibc Linux (x64, arm64) without system libraries.
 * Close it in `afterAll`. Set `CHROMIUM_PATH` to use another Chromium (the only way on macOS and Windows).
 */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH
  if (given) return chromium.launch({ executablePath: given, args: ARGUMENTS })
  if (process.platform !== 'linux') {
    throw new Error(
      'The packaged Chromium runs on Linux only: set CHROMIUM_PATH to a Chromium or Chrome on this machine.',
    )
  }
  const folder = await unpackedChromium()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ARGUMENTS,
    env: { ...process.env, ...environment(folder) },
  })
}

const environment = (folder: string) => ({
  LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
  FONTCONFIG_FILE: join(folder, 'fonts.conf'),
})

/** The folder with the unpacked browser. Several processes may ask at once: each unpacks aside, the first to finish wins. */
async function unpackedChromium(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const home = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
  const cache = join(root, 'node_modules', '.cache')
  const folder = join(cache, `chromium-${version}`)
  if (await exists(folder)) return folder
  await mkdir(cache, { recursive: true })
  const aside = await mkdtemp(join(cache, 'unpacking-'))
  try {
    await unpack(join(home, 'bin'), entry, aside)
    await writeFile(join(aside, 'fonts.conf'), fontsConfiguration(folder))
    for (const path of [aside, join(aside, 'chromium')]) await chmod(path, 0o755)
    await rename(aside, folder)
  } catch (error) {
    if (!(await exists(folder))) throw error
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
  return folder
}

// The package unpacks into the temporary folder of its process, so it gets a process of its own.
async function unpack(archives: string, entry: string, into: string): Promise<void> {
  const files = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'].map((name) =>
    join(archives, name),
  )
  const program = `
    const [entry, ...files] = process.argv.slice(1)
    const { inflate } = await import(entry)
    await Promise.all(files.map((file) => inflate(file)))`
  const flags = ['--input-type=module', '--eval', program, '--', pathToFileURL(entry).href, ...files]
  const threads = String(Math.max(4, availableParallelism()))
  await run(process.execPath, flags, { env: { ...process.env, TMPDIR: into, UV_THREADPOOL_SIZE: threads } })
}

const fontsConfiguration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${escapeXml(join(folder, 'fonts'))}</dir>
  <cachedir>${escapeXml(join(folder, 'fonts-cache'))}</cachedir>
</fontconfig>
`
const escapeXml = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`)

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
