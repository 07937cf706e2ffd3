// Who reads the page and how: the root loader's data, for any component.
import { useRouteLoaderData } from 'react-router'
import type { loader } from './root.tsx'

/** Only inside pages; where the root loader itself failed there is no reader. */
export function useReader() {
  const reader = useRouteLoaderData<typeof loader>('root')
  if (!reader) throw new Error('useReader() was used outside of a page')
  return reader
}

export function useReaderIfKnown() {
  return useRouteLoaderData<typeof loader>('root')
}
