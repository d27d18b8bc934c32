"""Pictures of value streams: one geometry, written as SVG for pages and as PNG for workbooks."""

from reports.maps.before_after import Side, Stay, draw_before_after
from reports.maps.paths_graph import PathEdge, PathsGraph, draw_paths
from reports.maps.png import png_bytes
from reports.maps.shapes import Drawing
from reports.maps.stream_map import draw_stream
from reports.maps.stream_parts import MapLoop, MapStep, StreamMap
from reports.maps.svg import svg_text

__all__ = [
    "Drawing",
    "MapLoop",
    "MapStep",
    "PathEdge",
    "PathsGraph",
    "Side",
    "Stay",
    "StreamMap",
    "draw_before_after",
    "draw_paths",
    "draw_stream",
    "png_bytes",
    "svg_text",
]
