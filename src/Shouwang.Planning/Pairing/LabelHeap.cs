namespace Shouwang.Planning.Pairing;

/// <summary>A four-way heap of (label, node) that grows and never shrinks; old labels stay in and are skipped by the caller. 标号堆</summary>
internal sealed class LabelHeap
{
    private long[] _keys = new long[64];
    private int[] _nodes = new int[64];
    private int _size;

    public void Clear() => _size = 0;

    public void Push(long key, int node)
    {
        if (_size == _keys.Length)
        {
            Array.Resize(ref _keys, _size * 2);
            Array.Resize(ref _nodes, _size * 2);
        }

        var (keys, nodes) = (_keys, _nodes);
        var at = _size++;
        while (at > 0)
        {
            var parent = (at - 1) >> 2;
            if (keys[parent] <= key) break;
            keys[at] = keys[parent];
            nodes[at] = nodes[parent];
            at = parent;
        }

        keys[at] = key;
        nodes[at] = node;
    }

    public bool TryPop(out long key, out int node)
    {
        if (_size == 0)
        {
            (key, node) = (0, -1);
            return false;
        }

        var (keys, nodes) = (_keys, _nodes);
        (key, node) = (keys[0], nodes[0]);
        _size--;
        var (lastKey, lastNode) = (keys[_size], nodes[_size]);
        var at = 0;
        while (true)
        {
            var child = (at << 2) + 1;
            if (child >= _size) break;
            var end = Math.Min(child + 4, _size);
            var least = child;
            for (var c = child + 1; c < end; c++)
            {
                if (keys[c] < keys[least]) least = c;
            }

            if (keys[least] >= lastKey) break;
            keys[at] = keys[least];
            nodes[at] = nodes[least];
            at = least;
        }

        keys[at] = lastKey;
        nodes[at] = lastNode;
        return true;
    }
}
