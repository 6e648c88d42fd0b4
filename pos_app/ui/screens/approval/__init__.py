"""The PIN of somebody who may."""
