"""The investment workbook: where engineering time and money went, for its leaders."""
