// What a person wrote: line breaks kept, addresses made into links.
import { splitLinks } from './links.ts'

export function LinkedText({ text, className }: { text: string; className?: string }) {
  return (
    <p className={`measure wrap-anywhere whitespace-pre-line ${className ?? ''}`}>
      {splitLinks(text).map((part, index) =>
        part.href === null ? (
          part.text
        ) : (
          <a
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="text-nila underline decoration-nila/40 underline-offset-[0.2em] hover:decoration-nila"
          >
            {part.text}
          </a>
        ),
      )}
    </p>
  )
}
