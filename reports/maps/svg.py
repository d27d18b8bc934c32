"""A drawing as one SVG element that stands by itself in a page."""

from __future__ import annotations

from html import escape

from reports.maps.letters import FAMILY
from reports.maps.shapes import Area, Drawing, Label, Line, Point, Shape


def svg_text(drawing: Drawing) -> str:
    """Write a drawing as SVG with title and description for screen readers."""
    width, height = _number(drawing.width), _number(drawing.height)
    space = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    return "\n".join(
        [
            f'<svg {space} role="img" font-family="{escape(FAMILY)}">',
            f"<title>{escape(drawing.title)}</title>",
            f"<desc>{escape(drawing.description)}</desc>",
            f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>',
            *map(_element, drawing.shapes),
            "</svg>",
        ]
    )


def _element(shape: Shape) -> str:
    if isinstance(shape, Area):
        fill, stroke = shape.fill or "none", shape.stroke or "none"
        return (
            f'<polygon points="{_points(shape.points)}" fill="{fill}" stroke="{stroke}"'
            f' stroke-width="{_number(shape.width)}"/>'
        )
    if isinstance(shape, Line):
        dash = f' stroke-dasharray="{_number(shape.dash)}"' if shape.dash else ""
        return (
            f'<polyline points="{_points(shape.points)}" fill="none" stroke="{shape.stroke}"'
            f' stroke-width="{_number(shape.width)}"{dash}/>'
        )
    return _label(shape)


def _label(label: Label) -> str:
    weight = ' font-weight="600"' if label.is_bold else ""
    return (
        f'<text x="{_number(label.at[0])}" y="{_number(label.at[1])}"'
        f' font-size="{_number(label.size)}" text-anchor="{label.anchor}"'
        f' fill="{label.colour}"{weight}>{escape(label.text)}</text>'
    )


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
