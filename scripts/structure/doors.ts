// Who may import whom: the arrow between the layers and the doors of the slices.
import { isTest, type Finding, type Import, type Module, type Rule } from './project.ts'
import { isContract, isDoor, isUi, layers, listeners, placeOf, type Layer, type Place } from './places.ts'

/** Makes a rule of a question about one import: an answer is what is wrong with it. */
function everyImport(ask: (from: Place, to: Place, entry: Import, module: Module) => string | undefined): Rule['find'] {
  return ({ modules }) =>
    [...modules.values()].flatMap((module) => {
      if (!module.path.startsWith('src/') || isTest(module.path)) return []
      return module.imports.flatMap((entry): Finding[] => {
        if (!entry.to.startsWith('src/')) return []
        const what = ask(placeOf(module.path), placeOf(entry.to), entry, module)
        return what ? [{ path: module.path, line: entry.line, what }] : []
      })
    })
}

const rank = (layer: Layer) => layers.indexOf(layer as (typeof layers)[number])

export const arrow: Rule = {
  name: 'the arrow main → app → delivery → domains → platform',
  why: 'What is below can be understood, tested and replaced without what is above.',
  instead: 'Hand the upper thing in as an argument from app.ts, or move the shared part down.',
  find: everyImport((from, to, entry) => {
    const upwards = rank(from.layer) >= 0 && rank(to.layer) >= 0 && rank(to.layer) < rank(from.layer)
    return upwards ? `${from.layer} imports ${entry.to} of ${to.layer}` : undefined
  }),
}

export const doors: Rule = {
  name: 'the doors of a slice',
  why: 'A slice can change everything but its contract.ts and its <domain>.ts without asking anybody.',
  instead: 'Import its contract.ts or <domain>.ts; if what you need is not there, add it there.',
  find: everyImport((from, to, entry) => {
    if (to.slice === undefined || to.slice === from.slice) return undefined
    if (from.layer !== 'domains' && from.layer !== 'delivery') return undefined
    return isContract(to.within) || isDoor(to) ? undefined : `imports ${entry.to}, which is no door of ${to.slice}`
  }),
}

export const silentListeners: Rule = {
  name: 'nobody calls a listener',
  why: 'Listeners follow the event log; whoever calls one "also" loses the call in a crash or waits for it.',
  instead:
    'Append an event and let the listener react to it; only app.ts brings listeners to life. Their contracts are free for doors, pages and other listeners.',
  find: everyImport((from, to, entry) => {
    if (to.slice === undefined || to.slice === from.slice || !listeners.includes(to.slice)) return undefined
    if (from.layer === 'app' || from.layer === 'main') return undefined
    const mayKnowContract = from.layer !== 'domains' || listeners.includes(from.slice ?? '') || isUi(from.within)
    if (isContract(to.within) && mayKnowContract) return undefined
    return isUi(to.within) && from.layer === 'web' ? undefined : `imports ${entry.to} of the listener ${to.slice}`
  }),
}

export const pages: Rule = {
  name: 'pages reach the business through its contracts',
  why: 'A page that calls a store or an operation directly skips authorization, limits and idempotency, and drags the server into the browser.',
  instead:
    'Call the operation through the context of the loader or action; import from a slice only contract.ts and ui/. What pages share belongs into src/web.',
  find: everyImport((from, to, entry) => {
    const isPage = from.layer === 'web' || from.layer === 'i18n' || isUi(from.within)
    if (!isPage) return undefined
    if (to.layer === 'web' || to.layer === 'i18n') return undefined
    if (to.slice !== undefined) return isContract(to.within) || isUi(to.within) ? undefined : `imports ${entry.to}`
    return entry.to.startsWith('src/platform/contract/') ? undefined : `imports ${entry.to}`
  }),
}

export const freeUi: Rule = {
  name: 'web/ui knows no business',
  why: 'Components without business words are reused everywhere and never change because of a rule.',
  instead: 'Pass in plain values, or move the component to the ui/ of its slice.',
  find: everyImport((from, to, entry, module) =>
    module.path.startsWith('src/web/ui/') && to.slice !== undefined ? `imports ${entry.to}` : undefined,
  ),
}

export const serverWithoutPages: Rule = {
  name: 'the server imports no pages',
  why: 'Pages are built; the server would otherwise run their sources twice, in two versions.',
  instead: 'Use types only, put texts and formats into src/web/i18n, and reach pages through the built bundle.',
  find: everyImport((from, to, entry) => {
    if (to.layer !== 'web' || from.layer === 'web' || isUi(from.within) || entry.typeOnly) return undefined
    return `imports ${entry.to} at run time`
  }),
}
