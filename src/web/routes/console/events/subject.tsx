import { Link } from '../../../ui/link.tsx'

const pages: Record<string, string> = {
  project: '/console/projects/',
  invoice: '/console/invoices/',
  user: '/console/clients/',
  plan: '/console/catalogue/plans/',
  template: '/console/catalogue/templates/',
  faq: '/console/catalogue/faqs/',
}

/** `project:…1a2b3c4d`: the end of an id tells things apart. */
export function shortSubject(subject: string): string {
  const at = subject.indexOf(':')
  return `${subject.slice(0, at)}:…${subject.slice(-8)}`
}

/** What an event is about, `project:<id>`, as a link where there is a page of it. */
export function Subject({ subject }: { subject: string }) {
  const at = subject.indexOf(':')
  const [kind, id] = [subject.slice(0, at), subject.slice(at + 1)]
  const page = Object.hasOwn(pages, kind) ? pages[kind] : undefined
  const text = <span className="font-mono text-caption wrap-anywhere">{shortSubject(subject)}</span>
  if (!page) return text
  return (
    <Link to={page + id} title={subject}>
      {text}
    </Link>
  )
}
