// Only while developing, and only on pages without JavaScript of their own.
import.meta.hot?.on('pages:changed', () => location.reload())
