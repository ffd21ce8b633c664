"""pm-portfolio without a window: everything the program knows and does, none of it Qt.

Floors, from the top; a floor uses only floors below it, and rooms divided by ``|`` never meet::

    cli
    workspace
    reports    | exchange
    operations | views
    derive     | store
    domain     | settings | jobs
    engine     | text

``text`` stands at the bottom beside ``engine`` because every room that says something to a
person needs it, and it needs nobody.
"""

__version__ = "0.1.0"
