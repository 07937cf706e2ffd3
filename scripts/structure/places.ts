// Where a file stands in the layout: its layer and, in the business, its slice.

/** From the top to the bottom; a layer may import itself and what is below it. */
export const layers = ['main', 'app', 'delivery', 'domains', 'platform'] as const
export type Layer = (typeof layers)[number] | 'web' | 'i18n' | 'outside'

/** Slices that only listen: they read the event log, and nobody may wait for them. */
export const listeners = ['notifications', 'realtime', 'audit', 'webhooks', 'analytics', 'insights', 'operator']

export interface Place {
  readonly layer: Layer
  /** The name of the slice, in the business. */
  readonly slice: string | undefined
  /** The path within the slice: `contract.ts`, `payments/store.ts`. */
  readonly within: string
}

export function placeOf(path: string): Place {
  const slice = /^src\/domains\/([^/]+)\/(.+)$/.exec(path)
  if (slice) return { layer: 'domains', slice: slice[1], within: slice[2] ?? '' }
  return { layer: layerOf(path), slice: undefined, within: path }
}

function layerOf(path: string): Layer {
  if (path.startsWith('src/delivery/')) return 'delivery'
  if (path.startsWith('src/platform/')) return 'platform'
  // Texts are used by mail, documents and the command line, too.
  if (path.startsWith('src/web/i18n/')) return 'i18n'
  if (path.startsWith('src/web/')) return 'web'
  if (!path.startsWith('src/')) return 'outside'
  // Beside the entry and its commands stands what builds the world: app.ts, its configuration.
  return path === 'src/main.ts' || path.startsWith('src/commands/') ? 'main' : 'app'
}

export const isContract = (within: string) => /(^|\/)contract\.ts$/.test(within)
export const isUi = (within: string) => /(^|\/)ui\//.test(within)
/** The file of operations, named like the slice. */
export const isDoor = (place: Place) => place.within === `${place.slice}.ts`
