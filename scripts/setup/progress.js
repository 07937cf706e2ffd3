// One quiet line on stderr that tells what is being done and for how long. On a terminal it is rewritten in place; in a log
// it appears at the start, every ten seconds and at the end.
const FRAME_MS = 100
const LOG_EVERY_MS = 10_000

/**
 * @param {string} title such as "Installing packages"
 * @returns {{ detail(text: string): void, done(text: string): void, failed(): void }}
 */
export function progress(title, out = process.stderr) {
  const started = Date.now()
  const live = out.isTTY
  let detail = ''
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(live ? 0 : 1)} s`
  const line = () => `${title}${detail ? `: ${detail}` : ''} … ${seconds()}`
  const draw = () => out.write(live ? `\r\x1b[2K${line().slice(0, (out.columns ?? 80) - 1)}` : `${line()}\n`)
  if (live) draw()
  else out.write(`${title} …\n`)
  const timer = setInterval(draw, live ? FRAME_MS : LOG_EVERY_MS)
  timer.unref()
  const end = (text) => {
    clearInterval(timer)
    if (live) out.write('\r\x1b[2K')
    if (text) out.write(`${text}\n`)
  }
  return {
    detail: (text) => {
      detail = text
    },
    done: (text) => end(`${text} (${((Date.now() - started) / 1000).toFixed(1)} s)`),
    failed: () => end(''),
  }
}
