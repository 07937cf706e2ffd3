// When a page should look after its connection at once, and when it is about to be put away.

/** Calls `awake` when the network is back or the page is looked at, `asleep` when it is hidden. Returns how to stop. */
export function watchPage(awake: () => void, asleep: () => void): () => void {
  if (typeof document === 'undefined') return () => {}
  const look = () => (document.visibilityState === 'visible' ? awake() : asleep())
  globalThis.addEventListener('online', awake)
  document.addEventListener('visibilitychange', look)
  return () => {
    globalThis.removeEventListener('online', awake)
    document.removeEventListener('visibilitychange', look)
  }
}
