"""What a fragment of the theme is given: finished words, links and marks, nothing left to decide.

Every text is plain and is escaped by the template; only a field of type `Markup` is HTML. Links are relative to the
page that prints them. The fragments in `theme/fragments/` loop over these values and print them.
"""
