// How a command that serves is asked to stop.

/** The first signal stops in order; a second Ctrl-C at once. */
export function stopOnSignal(work: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= work())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The command that started us repeats the wish as SIGTERM, as it cannot know whether Ctrl-C has reached us.
      if (stopping && signal === 'SIGINT') process.exit(1)
      if (stopping) return
      console.log('\n  Stopping: running requests finish first. Press Ctrl-C again to stop at once.')
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
  // The command that started us is gone, be it by `kill -9`: nobody could stop us any more.
  process.once('disconnect', () => process.emit('SIGTERM'))
  return stop
}
